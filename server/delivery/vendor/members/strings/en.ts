/** Members of an app and invitations, in English. Its shape is the shape of every other language. */
export const en = {
  lead: 'Nobody else sees this app.',
  you: 'You',
  joined: 'Joined {when}',
  change: 'Change',
  roleHints: {
    owner: 'Everything, members and deleting the app included.',
    developer: 'Changes the setup, makes and revokes keys.',
    'read-only': 'Looks at everything but secrets, and changes nothing.',
  },
  role: 'Role',
  invite: {
    action: 'Invite somebody',
    title: 'Invite somebody to {app}',
    lead: 'They get a mail with a link that works for 7 days. They need an account with this address, or create one on the way.',
    email: 'Email',
    submit: 'Send invitation',
  },
  waiting: {
    title: 'Invitations',
    lead: 'These have been sent and not been accepted yet.',
    until: 'Works until {date}',
    again: 'Send again',
    withdraw: 'Withdraw',
  },
  member: {
    save: 'Save role',
    remove: 'Remove from app',
    removeLead:
      'They no longer see the app, from that moment on. Keys that they know go on working: generate new ones.',
    removeConfirm: 'Remove {name}',
  },
  leave: {
    title: 'Leave the app',
    lead: 'You no longer see it. To come back, you need an invitation.',
    open: 'Leave…',
    confirm: 'Leave {app}',
    lastOwner: 'You are the only owner. Make somebody else an owner first, or delete the app.',
  },
  problems: {
    email: 'Write an email address like name@example.com.',
    already_member: 'Somebody with this address is a member already.',
    too_many_waiting: 'Too many invitations are waiting. Withdraw one first.',
    unconfirmed_inviter: 'Confirm your own email address before you invite others.',
    last_owner: 'An app needs an owner. Make somebody else an owner first.',
  },
  done: {
    invited: 'The invitation is sent.',
    withdrawn: 'The invitation is withdrawn. Its link no longer works.',
    role_changed: 'The role is changed.',
    removed: 'The member is removed.',
    joined: 'Welcome. You are a member now.',
  },
  invitation: {
    title: 'You are invited to {app}',
    as: 'Your role: {role}',
    sentTo: 'The invitation was sent to {email}.',
    accept: 'Accept invitation',
    signIn: 'Sign in',
    signUp: 'Create an account',
    signInLead: 'Sign in with this address to accept it, or create an account with it.',
    otherAddress:
      'You are signed in as {email}, and the invitation is for another address. Sign out, then open the link in the mail again.',
    addressTaken:
      'Another account has confirmed this address. Sign out, then sign in to that one and open the link in the mail again.',
    signOut: 'Sign out',
    gone: 'This invitation does not work',
    goneLead:
      'It may have been accepted already, withdrawn, sent anew, or be older than 7 days. Ask whoever invited you for another one.',
    toApps: 'Go to your apps',
  },
};

export type Strings = typeof en;
