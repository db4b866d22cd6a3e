import { mount } from 'svelte';
import Registration from './registration-form.svelte';

const target = document.querySelector('#app') as HTMLElement;

mount(Registration, { target, props: { ...target.dataset } });
