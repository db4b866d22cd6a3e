import { COLOR_ACCENT, COLOR_ON_ACCENT } from '@signup-with-platform/design';
import type { Config } from '../../config.ts';
import { FEDCM_PATHS } from './paths.ts';

/** Browsers draw it at up to this size. */
const ICON_SIZE_PX = 40;

/**
 * Says which configuration speaks for the site. The accounts endpoint and the login page stand here too, since a configuration that tells
 * vendors apart (client metadata) could otherwise be one that tracks people.
 */
export function webIdentityDocument({ publicUrl }: Config): object {
  return {
    provider_urls: [publicUrl + FEDCM_PATHS.config],
    accounts_endpoint: publicUrl + FEDCM_PATHS.accounts,
    login_url: publicUrl + FEDCM_PATHS.login,
  };
}

/** FedCM section 3.2, with the operator's brand: dialogs are the browser's own, and take a colour and an icon. */
export function configDocument({ brand }: Config): object {
  const { logo, accent } = brand;
  return {
    accounts_endpoint: FEDCM_PATHS.accounts,
    client_metadata_endpoint: FEDCM_PATHS.clientMetadata,
    id_assertion_endpoint: FEDCM_PATHS.assertion,
    disconnect_endpoint: FEDCM_PATHS.disconnect,
    login_url: FEDCM_PATHS.login,
    branding: {
      background_color: lightOf(accent?.COLOR_ACCENT ?? COLOR_ACCENT),
      color: lightOf(accent?.COLOR_ON_ACCENT ?? COLOR_ON_ACCENT),
      // Browsers take no vector graphics here.
      ...(logo?.contentType === 'image/png' && { icons: [{ url: logo.path, size: ICON_SIZE_PX }] }),
    },
  };
}

/** The first colour of `light-dark(…)`: these dialogs have one scheme. */
function lightOf(color: string): string | undefined {
  return /#[\da-f]{6}/i.exec(color)?.[0];
}
