"""What the commands of the program print and ask, in English, for the school's IT."""
