import type { Realm } from '@signup-with-platform/protocol';
import type { Storage } from '../storage/index.ts';
import type { PictureOwner } from '../storage/pictures.ts';
import { normalizePicture } from './normalize-picture.ts';

/**
 * Replaces an account's picture with an uploaded photograph, cropped to the square in its middle.
 *
 * @param publicUrl origin of the platform
 * @returns its URL, which is now the account's `picture`
 * @throws PictureError when it cannot be used
 */
export function storeAccountPicture(
  storage: Storage,
  publicUrl: string,
  account: { id: string; realm: Realm },
  bytes: Buffer,
): Promise<string> {
  return store(storage, publicUrl, { account: account.id, realm: account.realm }, bytes, 'cover');
}

/**
 * Replaces an app's logo with an uploaded picture, shown whole on a transparent square.
 *
 * @param publicUrl origin of the platform
 * @returns its URL, which is now the app's logo
 * @throws PictureError when it cannot be used
 */
export function storeAppLogo(storage: Storage, publicUrl: string, appId: string, bytes: Buffer): Promise<string> {
  return store(storage, publicUrl, { app: appId }, bytes, 'contain');
}

/**
 * Keeps a picture as the logo that an app asks for, while people see the present one.
 *
 * @param publicUrl origin of the platform
 * @returns its URL
 * @throws PictureError when it cannot be used
 */
export async function proposeAppLogo(
  { pictures }: Storage,
  publicUrl: string,
  appId: string,
  bytes: Buffer,
): Promise<string> {
  const picture = await normalizePicture(bytes, 'contain');
  return pictures.propose(appId, picture, (id) => `${publicUrl}/pictures/${id}`);
}

async function store(
  { pictures }: Storage,
  publicUrl: string,
  owner: PictureOwner,
  bytes: Buffer,
  fit: 'cover' | 'contain',
): Promise<string> {
  const picture = await normalizePicture(bytes, fit);
  const address = await pictures.replace(owner, picture, (id) => `${publicUrl}/pictures/${id}`);
  if (address === undefined) throw new Error('the owner of an uploaded picture no longer exists');
  return address;
}
