import type { HttpBrowser, Page } from '../http-journey.ts';

/** What somebody may be asked on the way from a proof to the credential, with the plainest answer, by the end of its form's address. */
const QUESTIONS = {
  name: { given_name: 'Ada', family_name: 'Byron' },
  'new-password': { password: 'a loom of many cards' },
  consent: {},
} as const;
type Question = keyof typeof QUESTIONS;

/** What a page says that lets nobody in. */
const REFUSALS = {
  invalid_credentials: /Email and password don’t match/,
  account_blocked: /You can’t sign in with this account/,
  account_leaving: /about to be deleted/,
  passkey_refused: /This passkey didn’t work/,
  address_known: /already has an account with/,
} as const;
type Refusal = keyof typeof REFUSALS;

export type Journey =
  | { readonly ends: 'refused'; readonly says: Refusal; readonly page: Page }
  | { readonly ends: 'credential'; readonly asked: readonly Question[]; readonly page: Page };

/** Goes on from a proof to the end, by answering what is asked. @throws when it does not end, or nothing is known of the page */
export async function goOn(browser: HttpBrowser, first: Page): Promise<Journey> {
  const asked: Question[] = [];
  let page = first;
  for (;;) {
    if (page.delivery) return { ends: 'credential', asked, page };
    const says = refusalOn(page);
    if (says !== undefined) return { ends: 'refused', says, page };
    const question = questionOn(page);
    if (question === undefined || asked.includes(question))
      throw new Error(`nothing leads on from "${page.heading}" (${page.status} ${page.url.pathname})`);
    asked.push(question);
    page = await browser.submit(page, `/${question}`, QUESTIONS[question]);
  }
}

function questionOn({ html }: Page): Question | undefined {
  return (Object.keys(QUESTIONS) as Question[]).find((name) =>
    new RegExp(`action="[^"]*/${name}(?:\\?[^"]*)?"`).test(html),
  );
}

/** What a page says of why it lets nobody in, if it does. */
export function refusalOn({ html }: Page): Refusal | undefined {
  return (Object.keys(REFUSALS) as Refusal[]).find((name) => REFUSALS[name].test(html));
}
