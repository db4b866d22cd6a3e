/** The own fields of a wine shop's platform, and of one for businesses, as an operator writes them: one of each type. */
export const OWN_FIELDS = JSON.stringify([
  {
    name: 'loyalty_number',
    type: 'text',
    label: { en: 'Loyalty number', de: 'Kundenkartennummer', ar: 'رقم الولاء' },
    pattern: 'LC-\\d{4,8}',
    form_names: ['member id'],
    example: 'LC-000001',
  },
  {
    name: 'vat_id',
    type: 'text',
    label: { en: 'VAT number', de: 'USt-IdNr.' },
    scope: 'business',
    max_length: 14,
    pattern: '[A-Z]{2}[0-9A-Z]{2,12}',
  },
  { name: 'company', type: 'text', label: 'Company', scope: 'business', autocomplete: 'organization' },
  { name: 'cellar_bottles', type: 'number', label: 'Bottles in the cellar', min: 0, max: 100000 },
  { name: 'wants_catalogue', type: 'boolean', label: { en: 'Wants the catalogue', de: 'Möchte den Katalog' } },
  { name: 'member_since', type: 'date', label: 'Member since', editable: false },
  {
    name: 'tier',
    type: 'choice',
    label: 'Tier',
    editable: false,
    needs_approval: true,
    options: { gold: { en: 'Gold', de: 'Gold', ar: 'ذهبي' }, silver: 'Silver' },
  },
]);
