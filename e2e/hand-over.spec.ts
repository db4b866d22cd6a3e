import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/run.ts';
import { type HandOverScene, openHandOverScene } from './support/hand-over-scene.ts';
import { openPopup, share } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

const test = base.extend<{ scene: HandOverScene }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
  scene: async ({}, use) => {
    const words = () => [join(ROOT, 'examples/hand-over/website.mjs')];
    const scene = await openHandOverScene({ key: 'ec', path: '/hand-over', command: process.execPath, words });
    await use(scene);
    await scene.close();
  },
});

const filledIn = (page: Page) => expect(page.getByText('We have filled in the form for you.')).toBeVisible();

test('whoever is signed in on the website comes to the consent without a page, until they sign out there', async ({
  page,
  scene: { platform, website, shop },
}) => {
  const own = await page.context().newPage();
  await own.goto(website);
  await own.getByRole('button', { name: 'member-1' }).click();
  await expect(own.getByRole('heading', { name: 'Hello member-1' })).toBeVisible();

  await page.goto(`${shop}/register`);
  const popup = await openPopup(page);
  await share(popup);
  await filledIn(page);
  await expect(page.getByLabel('Email')).toHaveValue('ada@website.example');
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await own.goto(`${platform.url}/account`);
  await expect(own).toHaveURL(`${platform.url}/account`);

  await own.goto(website);
  await own.getByRole('button', { name: 'Sign out' }).click();
  await expect(own.getByRole('heading', { name: 'Sign in to the website' })).toBeVisible();
  await own.goto(`${platform.url}/account`);
  await expect(own).toHaveURL(/sign-in/);
  await page.goto(`${shop}/register`);
  const next = await openPopup(page);
  await expect(next.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();

  // By the button, the website asks who they are, and hands them over then.
  await next.getByRole('button', { name: 'Continue with Platform' }).click();
  await next.getByRole('button', { name: 'member-1' }).click();
  await filledIn(page);
});
