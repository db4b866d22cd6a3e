import { FIELD_PAGES, type PageName, type RemovablePageName } from '#domain/claims/fields.ts';

const OF_OWN_PAGES = [
  'language',
  'picture',
  'pictureRemoved',
  'own',
  'ownRemoved',
  'addressAdded',
  'addressSaved',
  'addressRemoved',
  'addressDefault',
] as const;

/** What was just done, as the profile says it: keys of `account.profile.done`. */
export type Done = (typeof OF_OWN_PAGES)[number] | PageName | `${RemovablePageName}Removed`;

const DONE: ReadonlySet<string> = new Set<Done>([
  ...OF_OWN_PAGES,
  ...FIELD_PAGES.flatMap(({ page: { name, removable } }): Done[] =>
    removable ? [name, `${name as RemovablePageName}Removed`] : [name],
  ),
]);

export function isDone(text: string): text is Done {
  return DONE.has(text);
}
