import type { NoticeTexts } from '../account-notices.ts';

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
  footer:
    'If this was you, there is nothing to do. If not, sign in, change your password and sign out everywhere else:\n\n{link}',
};
