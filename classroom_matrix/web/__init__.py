"""The join page: the slip's words → language and password of one's own → the app or the browser. No JavaScript is needed."""
