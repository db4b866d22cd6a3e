import 'signup-with-platform';

export default defineNuxtPlugin(() => {});
