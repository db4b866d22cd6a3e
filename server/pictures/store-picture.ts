import type { Realm } from '@signup-with-platform/protocol';
import type { Storage } from '../storage/index.ts';
import type { PictureOwner } from '../storage/pictures.ts';
import { normalizePicture } from './normalize-picture.ts';

/**
 * Makes an uploaded photograph the picture of an account, instead of the one before. What is not in the square in its middle is cut off.
 *
 * @param publicUrl origin of the platform
 * @returns its address, which the account's `picture` is now
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
 * Makes an uploaded picture the logo of an app, instead of the one before. All of it is kept, on a transparent square.
 *
 * @param publicUrl origin of the platform
 * @returns its address, which the app's logo is now
 * @throws PictureError when it cannot be used
 */
export function storeAppLogo(storage: Storage, publicUrl: string, appId: string, bytes: Buffer): Promise<string> {
  return store(storage, publicUrl, { app: appId }, bytes, 'contain');
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
  if (address === undefined) throw new Error('a picture was uploaded for somebody who is gone');
  return address;
}
