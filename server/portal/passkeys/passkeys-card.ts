import { nothing } from 'lit';
import type { PersonCall } from '../route.ts';

/** The card about passkeys on the page "Sign-in and security". */
export async function passkeysCard(_call: PersonCall): Promise<unknown> {
  return nothing;
}
