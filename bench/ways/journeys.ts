import type { Walker } from './walker.ts';

/** A way from the shop's button to the credential. */
export interface Journey {
  readonly name: string;
  /**
   * Who goes it. `new`: nobody whom the platform knows. `agreed`: somebody with an account, who has agreed to share with this shop in another
   * browser; `signed_in`: in this one.
   */
  readonly who: 'new' | 'agreed' | 'signed_in';
  /** Whether the device can keep passkeys, and has one if the person has an account. */
  readonly hasPasskeys?: true;
  /** At a platform to which another login is the only way in. */
  readonly onlyUpstream?: true;
  walk(walker: Walker): Promise<void>;
}

const SHARE = /^Share and continue/;

export const JOURNEYS: readonly Journey[] = [
  {
    name: 'New, with a code',
    who: 'new',
    walk: async (walker) => {
      await signUpByCode(walker);
      await walker.press(SHARE);
    },
  },
  {
    name: 'New, with a code and a passkey',
    who: 'new',
    hasPasskeys: true,
    walk: async (walker) => {
      await signUpByCode(walker);
      await walker.press('Create a passkey');
      await walker.press(SHARE);
    },
  },
  { name: 'Returning, signed in here', who: 'signed_in', walk: async () => {} },
  {
    name: 'Returning, with the password',
    who: 'agreed',
    walk: async (walker) => {
      await walker.type('Email', walker.email);
      await walker.type('Password', walker.password);
      await walker.press('Sign in');
    },
  },
  {
    name: 'Returning, with a code',
    who: 'agreed',
    walk: async (walker) => {
      await walker.type('Email', walker.email);
      await walker.press('Email me a code');
      await walker.typeCode();
    },
  },
  {
    name: 'Returning, with a passkey',
    who: 'agreed',
    hasPasskeys: true,
    walk: (walker) => walker.press('Use a passkey'),
  },
  {
    name: 'Forgotten password',
    who: 'agreed',
    walk: async (walker) => {
      await walker.type('Email', walker.email);
      await walker.follow('Forgot your password?');
      await walker.press('Email me a code');
      await walker.typeCode();
      await walker.type('New password', 'a loom of many cards');
      await walker.press('Continue');
    },
  },
  {
    name: 'Another login alone, new',
    who: 'new',
    onlyUpstream: true,
    walk: async (walker) => {
      await walker.follow(walker.email);
      await walker.press(SHARE);
    },
  },
  { name: 'Another login alone, signed in there', who: 'agreed', onlyUpstream: true, walk: async () => {} },
];

async function signUpByCode(walker: Walker): Promise<void> {
  await walker.follow('Create an account');
  await walker.type('Email', walker.email);
  await walker.press('Email me a code');
  await walker.typeCode();
  await walker.type('First name', 'Ada');
  await walker.press('Continue');
}
