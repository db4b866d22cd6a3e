import type { Strings } from './en.ts';

export const de: Strings = {
  lead: 'Niemand sonst sieht diese App.',
  you: 'Sie',
  joined: 'Dabei: {when}',
  change: 'Ändern',
  roleHints: {
    owner: 'Alles, auch Mitglieder verwalten und die App löschen.',
    developer: 'Ändert die Einrichtung, erstellt und widerruft Schlüssel.',
    'read-only': 'Sieht alles außer Secrets und ändert nichts.',
  },
  role: 'Rolle',
  invite: {
    action: 'Jemanden einladen',
    title: 'Jemanden zu {app} einladen',
    lead: 'Die Person erhält eine E-Mail mit einem Link, der 7 Tage gilt. Sie braucht ein Konto mit dieser Adresse oder erstellt unterwegs eines.',
    email: 'E-Mail-Adresse',
    submit: 'Einladung senden',
  },
  waiting: {
    title: 'Einladungen',
    lead: 'Diese sind versandt und noch nicht angenommen.',
    until: 'Gilt bis {date}',
    again: 'Erneut senden',
    withdraw: 'Zurückziehen',
  },
  member: {
    save: 'Rolle speichern',
    remove: 'Aus der App entfernen',
    removeLead:
      'Von diesem Augenblick an ist die App für die Person nicht mehr sichtbar. Schlüssel, die sie kennt, gelten weiter: Erzeugen Sie neue.',
    removeConfirm: '{name} entfernen',
  },
  leave: {
    title: 'Die App verlassen',
    lead: 'Sie sehen die App dann nicht mehr. Um zurückzukommen, brauchen Sie eine Einladung.',
    open: 'Verlassen …',
    confirm: '{app} verlassen',
    lastOwner: 'Sie sind der einzige Inhaber. Machen Sie zuerst jemand anderen zum Inhaber oder löschen Sie die App.',
  },
  problems: {
    email: 'Schreiben Sie eine E-Mail-Adresse wie name@example.com.',
    already_member: 'Jemand mit dieser Adresse ist bereits Mitglied.',
    too_many_waiting: 'Zu viele Einladungen sind offen. Ziehen Sie zuerst eine zurück.',
    unconfirmed_inviter: 'Bestätigen Sie Ihre eigene E-Mail-Adresse, bevor Sie andere einladen.',
    last_owner: 'Eine App braucht einen Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.',
  },
  done: {
    invited: 'Die Einladung ist versandt.',
    withdrawn: 'Die Einladung ist zurückgezogen. Ihr Link gilt nicht mehr.',
    role_changed: 'Die Rolle ist geändert.',
    removed: 'Das Mitglied ist entfernt.',
    joined: 'Willkommen. Sie sind jetzt Mitglied.',
  },
  invitation: {
    title: 'Sie sind zu {app} eingeladen',
    as: 'Ihre Rolle: {role}',
    sentTo: 'Die Einladung ging an {email}.',
    accept: 'Einladung annehmen',
    signIn: 'Anmelden',
    signUp: 'Konto erstellen',
    signInLead: 'Melden Sie sich mit dieser Adresse an, um sie anzunehmen, oder erstellen Sie damit ein Konto.',
    otherAddress:
      'Sie sind als {email} angemeldet, und die Einladung gilt einer anderen Adresse. Melden Sie sich ab und öffnen Sie den Link in der E-Mail noch einmal.',
    addressTaken:
      'Ein anderes Konto hat diese Adresse bestätigt. Melden Sie sich ab, melden Sie sich dort an und öffnen Sie den Link in der E-Mail noch einmal.',
    signOut: 'Abmelden',
    gone: 'Diese Einladung gilt nicht',
    goneLead:
      'Vielleicht wurde sie schon angenommen, zurückgezogen, neu versandt, oder sie ist älter als 7 Tage. Bitten Sie um eine neue.',
    toApps: 'Zu Ihren Apps',
  },
};
