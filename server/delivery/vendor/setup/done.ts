import { en } from '../strings/en.ts';

/** What has just been done, as the next page's address tells it. */
export type SetupDone = keyof typeof en.setup.done;

export function isDoneKey(text: string): text is SetupDone {
  return Object.hasOwn(en.setup.done, text);
}
