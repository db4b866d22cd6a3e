import { createApp } from 'vue';
import Registration from './registration-form.vue';

const root = document.querySelector('#app') as HTMLElement;

createApp(Registration, { ...root.dataset }).mount(root);
