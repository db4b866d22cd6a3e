import type { Realm } from '@signup-with-platform/protocol';
import type { Storage } from '../storage/index.ts';
import type { Picture, PictureOwner } from '../storage/pictures.ts';
import { normalizePicture } from './normalize-picture.ts';

/**
 * Replaces an account's picture with an uploaded photograph, cropped to the square in its middle.
 *
 * @param publicUrl origin of the platform
 * @returns its URL, which is now the account's `picture`
 * @throws PictureError when it cannot be used; OverloadedError
 */
export async function storeAccountPicture(
  storage: Storage,
  publicUrl: string,
  account: { id: string; realm: Realm },
  bytes: Buffer,
): Promise<string> {
  const picture = await normalizePicture(account.id, bytes, 'cover');
  return replace(storage, publicUrl, { account: account.id, realm: account.realm }, picture);
}

/** An uploaded logo, shown whole on a transparent square. It takes a while, so it is read before a transaction begins. @throws PictureError, OverloadedError */
export function readLogo(payer: string, bytes: Buffer): Promise<Picture> {
  return normalizePicture(payer, bytes, 'contain');
}

/**
 * Replaces an app's logo.
 *
 * @param publicUrl origin of the platform
 * @param logo of {@link readLogo}
 * @returns its URL, which is now the app's logo
 */
export function storeAppLogo(storage: Storage, publicUrl: string, appId: string, logo: Picture): Promise<string> {
  return replace(storage, publicUrl, { app: appId }, logo);
}

/**
 * Keeps a picture as the logo that an app asks for, while people see the present one.
 *
 * @param publicUrl origin of the platform
 * @param logo of {@link readLogo}
 * @returns its URL
 */
export function proposeAppLogo(
  { pictures }: Storage,
  publicUrl: string,
  appId: string,
  logo: Picture,
): Promise<string> {
  return pictures.propose(appId, logo, (id) => `${publicUrl}/pictures/${id}`);
}

async function replace(
  { pictures }: Storage,
  publicUrl: string,
  owner: PictureOwner,
  picture: Picture,
): Promise<string> {
  const address = await pictures.replace(owner, picture, (id) => `${publicUrl}/pictures/${id}`);
  if (address === undefined) throw new Error('the owner of an uploaded picture no longer exists');
  return address;
}
