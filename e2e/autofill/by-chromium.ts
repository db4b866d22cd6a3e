import { type Browser, chromium, type Page } from '@playwright/test';
import { wholeBrowser } from '../support/launch.ts';
import { type ControlValue, defineControls, redraw, valuesOf } from './controls.ts';
import type { FormFile } from './forms.ts';
import { type Filling, judge } from './judge.ts';
import { chromiumFields } from './people.ts';

/** Chromium with its own autofill, which the headless shell does not have. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ ...wholeBrowser, args: [...wholeBrowser.args, '--headless=new'] });
}

/**
 * Fills a form as a person does who takes what the browser offers: at the first control that lacks its value, then at the next one that
 * still does, since Chromium fills one section (billing, shipping) at a time.
 */
export async function fillByChromium(chromium: Browser, url: string, form: FormFile): Promise<Filling> {
  const page = await chromium.newPage({ locale: 'en-GB' });
  await page.addInitScript(defineControls);
  await page.goto(url);
  const before = await valuesOf(page);
  let after: readonly ControlValue[] = before;
  for (const index of form.truths.keys()) {
    const outcome = judge(form, { before, after })[index]?.outcome;
    if (outcome !== 'missing' || !(await trigger(page, index, form))) continue;
    await settled(page);
    await redraw(page);
    after = await valuesOf(page);
  }
  await page.close();
  return { before, after };
}

/** @returns whether Chromium fills anything from that control on */
async function trigger(page: Page, index: number, form: FormFile): Promise<boolean> {
  const client = await page.context().newCDPSession(page);
  try {
    const { result } = await client.send('Runtime.evaluate', { expression: `window.controls()[${index}]` });
    if (!result.objectId) return false;
    await client.send('DOM.enable');
    await client.send('Autofill.enable');
    const { node } = await client.send('DOM.describeNode', { objectId: result.objectId });
    const address = { fields: chromiumFields(form.person) };
    // It learns of a form a moment after the page was loaded.
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const filled = await client.send('Autofill.trigger', { fieldId: node.backendNodeId, address }).then(
        () => true,
        () => false,
      );
      if (filled) return true;
      await page.waitForTimeout(100);
    }
    return false;
  } finally {
    await client.detach();
  }
}

/** Waits until the values have been the same for half a second. */
async function settled(page: Page): Promise<void> {
  let last = await valuesOf(page);
  for (let same = 0; same < 5; ) {
    await page.waitForTimeout(100);
    const now = await valuesOf(page);
    same = JSON.stringify(now) === JSON.stringify(last) ? same + 1 : 0;
    last = now;
  }
}
