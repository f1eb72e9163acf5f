"""Announcements: said once, corrected openly, and confirmed once per family where that is needed."""
