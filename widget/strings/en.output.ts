/** Labels of what was shared: loaded after the click. */
export const en = {
  name: 'Name',
  email: 'E-mail',
  not_confirmed: 'not confirmed',
  phone_number: 'Phone',
  address: 'Address',
  locale: 'Language',
};

export type OutputStrings = Readonly<typeof en>;
