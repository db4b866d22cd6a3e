import type { SignupUser } from '../../attempt/signup-flow.ts';
import { Filling } from './filling.ts';
import type { FilledControl } from './ledger.ts';

const fillings = new WeakMap<HTMLFormElement, Filling>();

/**
 * Fills a form as a browser's autofill would. What a person has typed stays; what an earlier filling wrote is replaced, or emptied where
 * this person has shared nothing, so that a form never shows two people. Fields that appear because of the filling are filled too, for a
 * while after this has ended.
 *
 * @returns what was filled, after at most two seconds. It never rejects: what a page's own code throws is reported
 */
export async function fillForm(form: HTMLFormElement, user: SignupUser): Promise<readonly FilledControl[]> {
  fillings.get(form)?.end();
  const filling = new Filling(form, user);
  fillings.set(form, filling);
  return filling.start();
}
