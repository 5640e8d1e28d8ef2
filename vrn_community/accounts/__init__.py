"""People who sign in to the desk: invitations, roles, sessions."""
