import type { Language } from '@signup-with-platform/messages';

/** What is wrong on a page: entries of a form that was sent, or anything else. */
export type Problem = 'entries' | 'error';

export interface TitleParts {
  platformName: string;
  /** What the page is about. */
  title: string;
  problem?: Problem | undefined;
}

/** A window's title is what a screen reader says first, and what a tab shows, so it begins with what is wrong. */
export function windowTitle({ platformName, title, problem }: TitleParts, { t, isolate }: Language): string {
  const said = problem ? t(`shared.title.${problem}`, { title }) : title;
  return `${said} · ${isolate(platformName)}`;
}
