import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Asker, askerOf } from './asker.ts';

const OURS = 'https://id.example';
const SHOP = 'https://shop.example';
const NAVIGATION = { 'sec-fetch-dest': 'document' };

describe('whom a request comes from', () => {
  const rows: [title: string, headers: Record<string, string>, asker: Asker][] = [
    ['a page of the shop', { ...NAVIGATION, 'sec-fetch-site': 'cross-site', referer: `${SHOP}/` }, 'app'],
    ['one that tells its address', { ...NAVIGATION, 'sec-fetch-site': 'cross-site', referer: `${SHOP}/a?b` }, 'app'],
    ['one on the platform’s site', { ...NAVIGATION, 'sec-fetch-site': 'same-site', referer: `${SHOP}/` }, 'app'],
    ['one, in a browser without Fetch Metadata', { referer: `${SHOP}/` }, 'app'],
    ['a page of ours', { ...NAVIGATION, 'sec-fetch-site': 'same-origin', referer: `${OURS}/popup` }, 'app'],
    ['a page of ours, without a Referer', { ...NAVIGATION, 'sec-fetch-site': 'same-origin' }, 'app'],
    ['a page of ours, in an older browser', { referer: `${OURS}/interaction/x` }, 'app'],
    ['the address bar', { ...NAVIGATION, 'sec-fetch-site': 'none' }, 'nobody'],
    ['another program', { ...NAVIGATION, 'sec-fetch-site': 'none', referer: 'android-app://mail/' }, 'nobody'],
    ['another page', { ...NAVIGATION, 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/' }, 'elsewhere'],
    ['a page that does not say', { ...NAVIGATION, 'sec-fetch-site': 'cross-site' }, 'elsewhere'],
    ['a page of the same site that does not say', { ...NAVIGATION, 'sec-fetch-site': 'same-site' }, 'elsewhere'],
    ['nothing that says anything', {}, 'elsewhere'],
    ['another page that says it is ours', { 'sec-fetch-site': 'cross-site', referer: `${OURS}/popup` }, 'elsewhere'],
    ['a host below the shop’s', { 'sec-fetch-site': 'cross-site', referer: 'https://a.shop.example/' }, 'elsewhere'],
    ['a host that begins alike', { referer: 'https://shop.example.evil.example/' }, 'elsewhere'],
    ['the shop without https', { referer: 'http://shop.example/' }, 'elsewhere'],
    ['another port of the shop', { referer: 'https://shop.example:8443/' }, 'elsewhere'],
    ['a name in the address', { referer: 'https://shop.example@evil.example/' }, 'elsewhere'],
    ['a fragment', { referer: 'https://evil.example/#https://shop.example/' }, 'elsewhere'],
    ['what is no address', { referer: SHOP.slice(8) }, 'elsewhere'],
    ['an opaque origin', { referer: 'data:text/html,x' }, 'elsewhere'],
    ['a frame of the shop', { ...NAVIGATION, 'sec-fetch-dest': 'iframe', referer: `${SHOP}/` }, 'elsewhere'],
    ['a picture in the shop', { 'sec-fetch-dest': 'image', referer: SHOP }, 'elsewhere'],
    ['a script of ours', { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin', referer: OURS }, 'elsewhere'],
    ['nonsense', { 'sec-fetch-site': 'x', referer: `${OURS}/` }, 'elsewhere'],
  ];
  for (const [title, headers, asker] of rows)
    it(`${title}: ${asker}`, () => assert.equal(askerOf(headers, OURS, [SHOP]), asker));
});
