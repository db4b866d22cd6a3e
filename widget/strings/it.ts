import type { Strings } from './strings.ts';

export const words: Strings = {
  language: 'it',
  signup: 'Registrati con {platform}',
  signin: 'Accedi con {platform}',
  continue: 'Continua con {platform}',
  known: 'Continua come {name}',
  required: 'Usa prima questo pulsante.',
  failed: 'Non ha funzionato. Riprova.',
  show: 'Mostra la finestra aperta',
  restart: 'Ricomincia',
  again: 'Usa un altro account',
  waiting: 'Continua nella finestra che si è appena aperta.',
  checking: 'Un attimo…',
  completed: 'Fatto. Hai condiviso questo con il sito:',
  code: 'Fatto.',
  cancelled: 'Annullato. Non è stato condiviso nulla.',
  popup_blocked:
    'Il browser ha bloccato la finestra. Consenti i pop-up per questo sito, poi premi di nuovo il pulsante.',
  popup_unreachable: 'La finestra non è riuscita a raggiungere questa pagina. Riprova o continua senza.',
  timed_out: 'Ci è voluto troppo tempo. Premi il pulsante per ricominciare.',
  misconfigured: 'Al momento non è disponibile.',
  delivered: 'Fatto. Puoi chiudere questa finestra.',
  orphaned:
    'La pagina da cui provieni non attende più questa risposta. Chiudi questa finestra, torna lì e premi di nuovo il pulsante.',
  name: 'Nome',
  email: 'E-mail',
  not_confirmed: 'non confermata',
  phone_number: 'Telefono',
  address: 'Indirizzo',
  locale: 'Lingua',
};
