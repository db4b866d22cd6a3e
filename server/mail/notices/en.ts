import type { NoticeTexts } from './notice.ts';

export const en: NoticeTexts = {
  password_changed: {
    subject: 'Your {platform} password was changed',
    text: 'The password of your {platform} account has just been changed.',
  },
  password_reset: {
    subject: 'Your {platform} password was reset',
    text: 'A new password has just been set for your {platform} account, by a link that we mailed you. You were signed out everywhere.',
  },
  email_changed: {
    subject: 'Your {platform} email address was changed',
    text: 'The email address of your {platform} account has just been changed from {from} to {to}.',
  },
  phone_changed: {
    subject: 'Your {platform} phone number was changed',
    text: 'The phone number of your {platform} account has just been changed or removed.',
  },
  passkey_added: {
    subject: 'A passkey was added to your {platform} account',
    text: 'The passkey “{name}” can now sign in to your {platform} account.',
  },
  passkey_removed: {
    subject: 'A passkey was removed from your {platform} account',
    text: 'The passkey “{name}” can no longer sign in to your {platform} account.',
  },
  signed_out_everywhere: {
    subject: 'You were signed out of {platform} everywhere',
    text: 'Your {platform} account has just been signed out on every other device.',
  },
  data_downloaded: {
    subject: 'Your {platform} data was downloaded',
    text: 'Everything that we keep about your {platform} account has just been downloaded.',
  },
  deletion_requested: {
    subject: 'Your {platform} account will be deleted',
    text: 'You asked us to delete your {platform} account. It will be gone on {date}. Until then you can sign in and keep it.',
  },
  deletion_cancelled: {
    subject: 'Your {platform} account stays',
    text: 'Your {platform} account will not be deleted after all.',
  },
  client_secret_replaced: {
    subject: 'A client secret of {app} was replaced',
    text: 'A new client secret was made for {app} ({environment}).',
  },
  api_key_created: {
    subject: 'An API key of {app} was created',
    text: 'The API key “{name}” was made for {app} ({environment}).',
  },
  api_key_replaced: {
    subject: 'An API key of {app} was replaced',
    text: 'A new key took the place of the API key “{name}” of {app} ({environment}).',
  },
  member_added: {
    subject: 'Somebody joined {app}',
    text: '{member} may now work on {app}.',
  },
  app_disabled: {
    subject: '{app} was disabled',
    text: '{app} was disabled: nobody can sign up with it any more, and its keys open nothing.',
  },
  app_enabled: {
    subject: '{app} was enabled',
    text: '{app} works again, and so do its keys.',
  },
  app_deleted: {
    subject: '{app} was deleted',
    text: '{app} was deleted, with its keys and all that it knew of its users.',
  },
  origin_added: {
    subject: '{app} has a new origin',
    text: 'Pages at {address} may now receive the details of people who sign up with {app} ({environment}).',
  },
  redirect_uri_added: {
    subject: '{app} has a new redirect URI',
    text: 'People who sign up with {app} ({environment}) may now be sent to {address}.',
  },
  signup_endpoint_changed: {
    subject: 'The sign-up endpoint of {app} was changed',
    text: 'New users of {app} ({environment}) are now sent to {address}.',
  },
  member_role_changed: {
    subject: 'A role at {app} was changed',
    text: 'The role of {member} at {app} is now: {role}.',
  },
  member_removed: {
    subject: 'Somebody left {app}',
    text: '{member} may no longer work on {app}.',
  },
  own_role_changed: {
    subject: 'Your role at {app} was changed',
    text: 'Your role at {app} is now: {role}.',
  },
  removed_from_app: {
    subject: 'You no longer work on {app}',
    text: 'You were removed from the members of {app}.',
  },
  roles: { owner: 'Owner', developer: 'Developer', 'read-only': 'Read-only' },
  by: 'Done by {by}.',
  byOperator: 'Done by the operator of {platform}.',
  footer:
    'If this was you, there is nothing to do. If not, sign in, change your password and sign out everywhere else:\n\n{link}',
  appFooter:
    'If you know of this, there is nothing to do. If not, ask an owner of the app, and look at its members and keys:\n\n{link}',
};
