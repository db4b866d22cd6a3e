import { expect } from '@open-wc/testing';
import { opensNoPopups } from './no-popups.ts';
import { until } from './testing/until.ts';

const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 9';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/137.0.7151.115 Mobile Safari/537.36';

const IN_APPS: Record<string, string> = {
  'Facebook, iOS': `${SAFARI} Mobile/15E148 [FBAN/FBIOS;FBAV/515.0.0.37.109;FBBV/739]`,
  'Facebook, Android': `${ANDROID}; wv) ${CHROME} [FB_IAB/FB4A;FBAV/515.0.0.37.109;]`,
  'Instagram, iOS': `${SAFARI} Mobile/22F76 Instagram 384.0.0.29.86 (iPhone15,2; iOS 18_5)`,
  'Instagram, Android': `${ANDROID} Build/BP2A) ${CHROME} Instagram 384.0.0.45.87 Android`,
  'Line, iOS': `${SAFARI} Mobile/15E148 Safari Line/15.8.0`,
  WeChat: `${SAFARI} Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/WIFI`,
  'LinkedIn, iOS': `${SAFARI} Mobile/15E148 [LinkedInApp]/9.31`,
  'TikTok, iOS': `${SAFARI} Mobile/15E148 musical_ly_40.2.0 BytedanceWebview/d8a21c6`,
  'a web view of Android': `${ANDROID}; wv) ${CHROME}`,
  'a web view of iOS': `${SAFARI} Mobile/15E148`,
};
const BROWSERS: Record<string, string> = {
  'Safari, iOS': `${SAFARI} Version/18.5 Mobile/15E148 Safari/604.1`,
  'Chrome, iOS': `${SAFARI} CriOS/137.0.7151.79 Mobile/15E148 Safari/604.1`,
  'Firefox, iOS': `${SAFARI} FxiOS/139.0 Mobile/15E148 Safari/605.1.15`,
  'Safari, macOS': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15',
  'Chrome, Windows': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/137.0.0.0 Safari/537.36',
  'Edge, Windows': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0',
  'Firefox, Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Chrome, Android': `${ANDROID}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36`,
  'Samsung Internet': `${ANDROID}) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
  'a browser with another name': 'Mozilla/5.0 Baseline/2.0 Offline/1.0',
  nothing: '',
};

describe('where popups cannot work', () => {
  for (const [name, userAgent] of Object.entries(IN_APPS))
    it(`${name}`, () => void expect(opensNoPopups({ userAgent })).to.equal(true));

  it('a page on the home screen of iOS', () => {
    expect(opensNoPopups({ userAgent: BROWSERS['Safari, iOS'] ?? '', standalone: true })).to.equal(true);
  });

  for (const [name, userAgent] of Object.entries(BROWSERS))
    it(`not in ${name}`, () => void expect(opensNoPopups({ userAgent, standalone: false })).to.equal(false));

  it('but not in a frame, because there is no other way', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const framed = frame.contentWindow as Window & { answer?: boolean };
    const script = framed.document.createElement('script');
    script.type = 'module';
    script.text = `import { opensNoPopups } from '${new URL('./no-popups.ts', import.meta.url).href}';
      window.answer = opensNoPopups({ userAgent: '; wv)', standalone: true });`;
    framed.document.body.append(script);
    await until(() => framed.answer !== undefined);
    expect(framed.answer).to.equal(false);
    frame.remove();
  });
});
