import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { SignupErrorEvent, SignupSuccessEvent } from '../events.ts';
import '../signup-with-platform.define.ts';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import { until } from '../testing/until.ts';

// Uses real windows and real messages between two origins of one server (testing/fake-platform.mjs).
const platform = location.origin.replace('localhost', '127.0.0.1');
const timings = { pollMs: 50, closedGraceMs: 100, unreachableGraceMs: 800, timeoutMs: 60_000 };

function widget(behaviour: string, changed = {}): Promise<SignupWithPlatform> {
  return fixture<SignupWithPlatform>(
    html`<signup-with-platform client-id=${behaviour} platform=${platform} .timings=${{ ...timings, ...changed }}></signup-with-platform>`,
  );
}

async function open(behaviour: string, event: string, changed = {}): Promise<[SignupWithPlatform, Event]> {
  const element = await widget(behaviour, changed);
  const settled = oneEvent(element, event);
  element.shadowRoot?.querySelector('button')?.click();
  return [element, await settled];
}

describe('a real popup', () => {
  it('is of another origin', () => {
    expect(platform).not.to.equal(location.origin);
  });

  it('answers', async () => {
    const [element, event] = await open('answers', 'signup-success');
    expect((event as SignupSuccessEvent).detail.code).to.equal('code-of-the-popup');
    expect(element.state).to.equal('completed');
  });

  it('is closed', async () => {
    const [element] = await open('closes', 'signup-cancel');
    expect(element.state).to.equal('cancelled');
  });

  it('stays open behind a Cross-Origin-Opener-Policy', async () => {
    const [element, event] = await open('severed', 'signup-error');
    expect((event as SignupErrorEvent).detail.code).to.equal('popup_unreachable');
    expect(element.state).to.equal('failed');
  });

  it('shows the error page of a proxy, because the platform is down', async () => {
    const { fetch } = window;
    window.fetch = async () => new Response('<title>504</title>', { status: 504 });
    try {
      const [element, event] = await open('down', 'signup-error', { silenceMs: 200 });
      expect((event as SignupErrorEvent).detail.code).to.equal('platform_unreachable');
      await element.updateComplete;
      const root = element.shadowRoot;
      expect(root?.querySelector('[part~=status]')?.textContent).to.contain('can’t be reached right now');
      expect(root?.querySelector('button')?.disabled).to.equal(false);
      expect(root?.querySelector('button')?.textContent).to.contain('Sign up with');
    } finally {
      window.fetch = fetch;
    }
  });

  it('loads slowly, and meanwhile the button offers to start again', async () => {
    const element = await widget('silent', { silenceMs: 200 });
    const button = () => element.shadowRoot?.querySelector('button');
    button()?.click();
    await until(() => button()?.textContent?.includes('Start again'), 'the offer');
    expect(element.state).to.equal('opening');
    element.reset();
  });

  it('is closed with the element', async () => {
    const element = await fixture<SignupWithPlatform>(
      html`<signup-with-platform client-id="silent" platform=${platform}></signup-with-platform>`,
    );
    let popup: Window | null = null;
    const { open: realOpen } = window;
    window.open = (...args) => {
      popup = realOpen.apply(window, args);
      return popup;
    };
    element.signUp();
    window.open = realOpen;
    expect(popup).to.have.property('closed', false);
    element.remove();
    await until(() => popup?.closed, 'closed');
  });
});
