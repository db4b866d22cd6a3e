import { z } from 'zod';

/** What a program says of itself once it listens. */
const listeningMessage = z.object({
  url: z.string(),
  docs: z.string().optional(),
  mailPage: z.string().optional(),
  developer: z.object({ email: z.string(), password: z.string().optional() }).optional(),
});
export type Listening = z.infer<typeof listeningMessage>;

/** @throws Error when it does not say where */
export function listening(message: unknown): Listening {
  const { data } = listeningMessage.safeParse(message);
  if (!data) throw new Error('A program says that it listens, but not where.');
  return data;
}

const LABEL_WIDTH = 13;

/** What `npm start` prints: where everything is, and what to do first. @param store the demo store, where there is one */
export function whatToTry({ url, docs, mailPage, developer }: Listening, store?: Listening): string {
  const places: [label: string, place: string | undefined][] = [
    ['Platform', url],
    ['Account', `${url}/account`],
    ['Developers', `${url}/account/apps`],
    ['', developer && `sign in as ${developer.email}, ${passwordOf(developer)}`],
    ['Docs', docs],
    ['Demo store', store?.url],
    ['Test people', store && `${url}/sandbox/account`],
    ['Mail', mailPage],
  ];
  const lines = places.flatMap(([label, place]) => (place ? [`  ${label.padEnd(LABEL_WIDTH)}${place}`] : []));
  return [
    '',
    ...lines,
    ...(store ? steps(store.url, developer !== undefined) : []),
    '',
    '  Stop with Ctrl+C.',
    '',
  ].join('\n');
}

function passwordOf({ password }: NonNullable<Listening['developer']>): string {
  return password === undefined ? 'with the password that you have set' : `password ${password}`;
}

function steps(store: string, hasDeveloper: boolean): string[] {
  return [
    '',
    '  Try it',
    `    1. Open ${store}/register and press the button that signs up with the platform.`,
    '    2. Pick a test person, for example Jane Doe, and share.',
    '    3. The form is filled. Press "Create my account": you are a customer.',
    ...(hasDeveloper
      ? ['    4. Sign in at Developers, and open Fern & Field: its live events, its doctor, its keys.']
      : []),
  ];
}
