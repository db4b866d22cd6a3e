export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  telemetry: false,
  // The tag is not a Vue component.
  vue: { compilerOptions: { isCustomElement: (tag: string) => tag === 'signup-with-platform' } },
  // Set by NUXT_ISSUER, NUXT_PUBLIC_CLIENT_ID and NUXT_PUBLIC_PLATFORM when it starts.
  runtimeConfig: { issuer: '', public: { clientId: '', platform: '' } },
});
