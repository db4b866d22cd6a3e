import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import type { Installation } from './installation.ts';
import type { World } from './world.ts';

/** This version on a database that another has left behind. Filled by the time a test runs. */
export interface UpgradeContext {
  installation: Installation;
  /** What is known of before. */
  world: World;
  /**
   * Somebody signs up in the popup of the production environment.
   * @returns the page that asks for consent
   */
  newcomer(email: string, fields?: string, origin?: string): Promise<{ browser: HttpBrowser; consent: Page }>;
}
