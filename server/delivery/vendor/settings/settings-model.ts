import type { SettingsInput, SettingsProblems } from '#domain/apps/settings.ts';
import type { AppDetails } from '#storage/apps.ts';

/** What has just been done, as the next page's address tells it. */
export type SettingsDone = 'saved' | 'logoDone' | 'logoRemoved';

export interface SettingsModel {
  details: AppDetails;
  input: SettingsInput;
  problems: SettingsProblems;
  done?: SettingsDone | undefined;
  /** What is wrong with the logo that was uploaded, in words. */
  logoProblem?: string;
}
