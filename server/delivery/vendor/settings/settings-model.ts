import type { SettingsInput, SettingsProblems } from '#domain/apps/settings.ts';
import type { AppDetails } from '#storage/apps.ts';

/** What has just been done: a parameter in the address of the page that follows. */
export type SettingsDone = 'saved' | 'logoDone' | 'logoRemoved';

export interface SettingsModel {
  details: AppDetails;
  input: SettingsInput;
  problems: SettingsProblems;
  done?: SettingsDone | undefined;
  /** What is wrong with the logo that was uploaded, in words. */
  logoProblem?: string;
}
