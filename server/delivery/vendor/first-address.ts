import type { AddressList, ListProblem, Refusal } from '#domain/apps/environment-addresses.ts';
import { textField } from '#pages/forms.ts';
import type { PersonCall } from '#portal/route.ts';
import type { AppKind } from '#storage/apps.ts';
import { problemText } from './problem-text.ts';

/** The list that an environment begins with one address of: where the pages of a website are, or where a native app is answered. */
export function firstList(kind: AppKind): AddressList {
  return kind === 'native' ? 'redirectUris' : 'origins';
}

interface FirstAddress {
  kind: AppKind;
  typed: string;
  autofocus?: boolean;
  problem?: Refusal<ListProblem> | undefined;
}

/** Its input has one name for both, because the same form takes either. */
export function firstAddressField(
  { language }: PersonCall,
  { kind, typed, autofocus, problem }: FirstAddress,
): unknown {
  const { t } = language;
  const isNative = kind === 'native';
  return textField({
    name: 'origin',
    label: t(isNative ? 'vendor.create.redirectUri' : 'vendor.create.origin'),
    type: 'url',
    value: typed || undefined,
    autocomplete: 'off',
    direction: 'ltr',
    hint: t(isNative ? 'vendor.create.redirectUriHint' : 'vendor.create.originHint'),
    required: true,
    ...(autofocus && { autofocus }),
    error: problem && problemText(language, problem),
  });
}
