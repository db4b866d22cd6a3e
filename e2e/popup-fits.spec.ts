import { registerPseudoLanguages } from '../messages/testing/pseudo-languages.ts';
import { sampleContext, samplePages, sampleSendAgain } from '../server/delivery/popup/pages/page-samples.ts';
import { knowMisfits, misfits } from './support/fit.ts';
import { expect, test } from './support/test.ts';

// Every page of the popup, in every state, in the windows that it is opened in: nobody has to scroll to find what can be done.

registerPseudoLanguages();

const PSEUDO = ['en-XA', 'ar-XB'];
/** What the root font is when somebody has set their text to 200 %. */
const LARGE_TEXT_PX = 32;
const WINDOWS = [
  { width: 480, height: 680 },
  { width: 380, height: 700 },
  { width: 320, height: 640 },
] as const;

for (const tag of ['en', 'de', 'ar', ...PSEUDO])
  test(`every page fits its window, in ${tag}`, async ({ browser }) => {
    test.slow();
    const context = await browser.newContext({ locale: tag, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await knowMisfits(page, PSEUDO.includes(tag));
    const devTools = await context.newCDPSession(page);
    const problems: string[] = [];
    const textSizes = [16, LARGE_TEXT_PX];
    const windows = [...WINDOWS];
    const sample = { ...sampleContext, languages: [tag] };
    for (const [name, { html }] of samplePages(sample).set('error-send-again', sampleSendAgain(sample))) {
      const address = `https://platform.example/${name}`;
      await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: html }));
      // Loading takes most of the time, and a page is laid out again as it would be if it were opened so.
      await page.goto(address);
      for (const textPx of textSizes) {
        await devTools.send('Page.setFontSizes', { fontSizes: { standard: textPx, fixed: textPx } });
        for (const { width, height } of windows) {
          await page.setViewportSize({ width, height });
          const found = await misfits(page);
          problems.push(...found.map((problem) => `${name}, ${width} × ${height}, ${textPx} px: ${problem}`));
        }
        // There and back again, because each change has the page laid out and painted.
        windows.reverse();
      }
      textSizes.reverse();
    }
    await context.close();
    expect(problems).toEqual([]);
  });

test('the field to correct is in view above the bar, with its error', async ({ browser }) => {
  const context = await browser.newContext({
    locale: 'de',
    reducedMotion: 'reduce',
    viewport: { width: 380, height: 700 },
  });
  const page = await context.newPage();
  const problems: string[] = [];
  for (const [name, { html }] of samplePages({ ...sampleContext, languages: ['de'] })) {
    const address = `https://platform.example/${name}`;
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto(address);
    const hidden = await page.evaluate(() => {
      const input = document.activeElement?.closest('.input:has([aria-invalid=true])');
      const bar = document.querySelector('.sticky');
      if (!input || !bar) return 0;
      return Math.max(0, input.getBoundingClientRect().bottom - bar.getBoundingClientRect().top);
    });
    // The bar fades in over a few pixels.
    if (hidden > 8) problems.push(`${name}: ${hidden} px below the bar`);
  }
  await context.close();
  expect(problems).toEqual([]);
});
