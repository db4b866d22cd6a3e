import { FINDING_TEXTS, type FindingCode, type FindingText } from '@signup-with-platform/protocol';

/** The doctor, in English. Its shape is the shape of every other language. */
export const en = {
  lead: 'Looks at the page with your button as a browser would, and says what will not work there and how to mend it.',
  page: 'Address of your page, or its origin',
  pageHint: 'The page is fetched once, without cookies. Nothing of it is kept.',
  check: 'Check',
  notAnAddress: 'Write the address of a page, such as https://shop.example.com/sign-up.',
  healthy: 'Nothing stands in the way',
  toDo: 'What to mend',
  inOrder: 'In order',
  checked: 'Checked: {url}',
  addressOnly: 'The page itself was not seen; what follows from its address was checked: {url}',
  severities: { error: 'Problem', warning: 'Look at this', ok: 'In order' },
  copyLabel: 'What to put there',
  unseen:
    'What a page looks like after sign-in, what its scripts add later and what a service worker changes cannot be seen from here. For that, put the attribute debug on the tag while you develop: it makes the same checks from within the page.',
  findings: FINDING_TEXTS as Readonly<Record<FindingCode, FindingText>>,
};

export type Strings = typeof en;
