import { forPerson, type PortalRoute } from '#portal/route.ts';
import {
  getAddAddress,
  getEditAddress,
  getRemoveAddress,
  postAddAddress,
  postDefaultAddress,
  postEditAddress,
  postRemoveAddress,
} from './addresses.ts';
import { fieldPageRoutes } from './field-page.ts';
import { getLanguage, postLanguage } from './language.ts';
import { ownFieldRoutes } from './own-field-page.ts';
import { getPicture, postPicture, postRemovePicture } from './picture.ts';
import { getProfile } from './profile-page.ts';

/** One question to a page. Test people can look at their profile, and no more. */
const change = { notShared: true };

export const profileRoutes: readonly PortalRoute[] = [
  forPerson('GET', '/profile', getProfile),
  ...fieldPageRoutes(change),
  ...ownFieldRoutes(change),
  forPerson('GET', '/profile/language', getLanguage, change),
  forPerson('POST', '/profile/language', postLanguage, change),
  forPerson('GET', '/profile/picture', getPicture, change),
  forPerson('POST', '/profile/picture', postPicture, { ...change, takesFile: true }),
  forPerson('POST', '/profile/picture/remove', postRemovePicture, change),
  forPerson('GET', '/profile/addresses/new', getAddAddress, change),
  forPerson('POST', '/profile/addresses/new', postAddAddress, change),
  forPerson('GET', '/profile/addresses/:address', getEditAddress, change),
  forPerson('POST', '/profile/addresses/:address', postEditAddress, change),
  forPerson('POST', '/profile/addresses/:address/default', postDefaultAddress, change),
  forPerson('GET', '/profile/addresses/:address/remove', getRemoveAddress, change),
  forPerson('POST', '/profile/addresses/:address/remove', postRemoveAddress, change),
];
