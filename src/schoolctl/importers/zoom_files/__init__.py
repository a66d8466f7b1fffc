"""The files that Zoom writes: reports of webinars, and saved chats of meetings."""
