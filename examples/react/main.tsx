import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Registration } from './registration-form.tsx';

const root = document.querySelector('#app') as HTMLElement;
const { clientId = '', platform = '' } = root.dataset;

createRoot(root).render(
  <StrictMode>
    <Registration clientId={clientId} platform={platform} />
  </StrictMode>,
);
