/** Forms that the element does not fill yet as Chromium does. Their tests are expected to fail, and fail when they pass. */
export const PENDING: ReadonlySet<string> = new Set([
  'account-magento-en',
  'account-shopify-address-fr',
  'checkout-magento-nl',
  'checkout-prestashop-es',
  'checkout-rails-spree-en',
  'checkout-shopify-en',
  'checkout-woocommerce-de',
  'government-amt-de',
  'newsletter-email-only-nl',
  'register-django-it',
  'register-labels-only-nl',
  'register-laravel-en',
  'register-placeholders-only-es',
  'register-spring-de',
  'register-symfony-fr',
]);
