/** One's own data, in English. Its shape is the shape of every other language. */
export const en = {
  lead: 'It is yours: take it with you, or have it deleted.',
  download: {
    title: 'Download my data',
    lead: 'Everything that we keep about you, in one file.',
    contains: 'The file (JSON, which any text editor opens) holds:',
    parts: {
      profile: 'Your profile: names, phone number, addresses, language and picture',
      signIn: 'Your email address and its state, the names of your passkeys, and where you are signed in',
      shops: 'The shops that you shared with: which details, and when they last got them',
      apps: 'The apps that you work on as a developer',
      log: 'The record of security-relevant acts on your account',
    },
    withoutSecrets:
      'It holds no passwords and no keys. Still, keep it somewhere safe. We will mail you that it was downloaded.',
    submit: 'Download',
  },
  deletion: {
    title: 'Delete my account',
    lead: 'You can change your mind for a while. After that, it is gone for good.',
    question: 'Delete your account?',
    happens: 'What happens',
    points: {
      disconnected: 'Every shop is disconnected at once. None of them can read anything here any more.',
      signedOut: 'You are signed out on every other device.',
      grace: 'For {days} you can sign in here and keep your account. We will mail you the date.',
      gone: 'After that we delete your account and everything that {platform} keeps about you. Nobody can bring it back.',
    },
    stays: 'What stays',
    shopsKeep:
      'What shops received from you before stays with them: it is theirs to keep or delete, under their own privacy policies. Ask them if you want it deleted there, too.',
    auditLog:
      'Our record of security-relevant acts keeps the random number of your account and the network addresses it was used from. It holds neither your name nor your email address.',
    soleOwner:
      'You are the only owner of these apps, so you cannot delete your account yet. Make somebody else an owner of each, or switch it off.',
    continue: 'Continue',
    confirmTitle: 'Delete my account',
    understood: 'I understand that my account and my data will be deleted on {date}.',
    notUnderstood: 'Tick this if you want to go on.',
    submit: 'Delete my account',
  },
  leaving: {
    title: 'Your account is about to be deleted',
    due: 'You asked us to delete it. It will be gone on {date}.',
    until: 'Until then nothing is shared, and nobody can sign up with it. You can still keep it.',
    keep: 'Keep my account',
    shops: 'If you keep it, your shops stay disconnected until you use them again.',
  },
  done: { kept: 'Your account stays. Your shops are disconnected until you use them again.' },
};

export type Strings = typeof en;
