import type { Strings } from './strings.ts';

export const words: Strings = {
  language: 'pl',
  signup: 'Zarejestruj się przez {platform}',
  signin: 'Zaloguj się przez {platform}',
  continue: 'Kontynuuj przez {platform}',
  known: 'Kontynuuj jako {name}',
  required: 'Najpierw użyj tego przycisku.',
  failed: 'Nie udało się. Spróbuj ponownie.',
  show: 'Pokaż otwarte okno',
  restart: 'Zacznij od nowa',
  again: 'Użyj innego konta',
  waiting: 'Dokończ w oknie, które właśnie się otworzyło.',
  checking: 'Chwileczkę…',
  completed: 'Gotowe. Udostępniono tej witrynie:',
  code: 'Gotowe.',
  cancelled: 'Anulowano. Niczego nie udostępniono.',
  popup_blocked:
    'Przeglądarka zablokowała okno. Zezwól na wyskakujące okna w tej witrynie i naciśnij przycisk ponownie.',
  popup_unreachable: 'Okno nie mogło połączyć się z tą stroną. Spróbuj ponownie albo kontynuuj bez niego.',
  timed_out: 'Trwało to zbyt długo. Naciśnij przycisk, aby zacząć od nowa.',
  misconfigured: 'To jest teraz niedostępne.',
  delivered: 'Gotowe. Możesz zamknąć to okno.',
  orphaned:
    'Strona, od której zaczęto, już nie czeka na odpowiedź. Zamknij to okno, wróć na tamtą stronę i naciśnij przycisk ponownie.',
  name: 'Imię i nazwisko',
  email: 'E-mail',
  not_confirmed: 'niepotwierdzony',
  phone_number: 'Telefon',
  address: 'Adres',
  locale: 'Język',
};
