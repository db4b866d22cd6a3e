/** The profile, in English. Its shape is the shape of every other language. */
export const en = {
  title: 'Profile',
  lead: 'What you can share with shops. Each gets only what you agreed to, and sees your changes as long as you share it.',
  testPerson: 'Every developer uses this test person, so it can be looked at but not changed.',
  aboutYou: 'About you',
  nothingYet: 'Not filled in',
  done: {
    name: 'Your name is saved.',
    phone: 'Your phone number is saved.',
    phoneRemoved: 'Your phone number is removed.',
    language: 'Your language is saved.',
    picture: 'Your picture is saved.',
    pictureRemoved: 'Your picture is removed.',
    addressAdded: 'The address is added.',
    addressSaved: 'The address is saved.',
    addressRemoved: 'The address is removed.',
    addressDefault: 'Shops get this address from now on: it is your default.',
  },
  name: {
    title: 'Your name',
    lead: 'As it should stand on a parcel or an invoice.',
  },
  phone: {
    title: 'Your phone number',
    lead: 'So that a shop or a courier can reach you. Leave it empty to remove it.',
  },
  language: {
    title: 'Your language',
    lead: 'The language of these pages and of our mails. Shops that you share it with may write to you in it.',
    browser: 'As my browser says',
    notOffered: 'Choose a language from the list.',
  },
  picture: {
    title: 'Your picture',
    label: 'Picture file',
    hint: 'A JPEG, PNG, WebP, GIF or AVIF file of up to {size}. We use the square in its middle, and keep nothing else that the file says, such as where it was taken.',
    remove: 'Remove picture',
    alt: 'Your picture',
    errors: {
      required: 'Choose a file first.',
      too_large: 'This file is too large. Choose one of up to {size}.',
      not_a_picture: 'We cannot use this file. Choose a still picture in JPEG, PNG, WebP, GIF or AVIF format.',
      too_many_pixels: 'This picture has too many pixels. Make it smaller, then try again.',
    },
  },
  addresses: {
    title: 'Postal addresses',
    lead: 'Shops that you share your address with get the default one.',
    none: 'There is no address yet. Add one, and you never have to type it again.',
    full: 'You can keep up to {count} addresses. Remove one to add another.',
    default: 'Default',
    add: 'Add an address',
    edit: 'Edit',
    makeDefault: 'Make default',
    remove: 'Remove',
    addTitle: 'Add an address',
    editTitle: 'Edit address',
    asDefault: 'Make this my default address: the one that shops get',
    isDefault: 'This is your default address. Shops that you share it with see the change.',
    removeTitle: 'Remove this address?',
    removeDefault: 'It is your default address. Shops will then get the next one of your list:',
    removeLast: 'It is your only address. Shops that you share it with can no longer read it.',
    removeSubmit: 'Remove address',
    errors: {
      gone: 'This address was changed or removed in another window. Nothing was done; here is how it is now.',
      goneWhileEditing:
        'This address was changed or removed in another window. What you typed is still here: you can save it as a new address.',
      known: 'You have this address already.',
    },
  },
};

export type Strings = typeof en;
