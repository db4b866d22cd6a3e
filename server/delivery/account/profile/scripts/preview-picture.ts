/** Runs in the browser: shows the picture that was chosen before it is sent, and does not send one that is too large. */
export function previewPicture(): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  const tile = document.querySelector<HTMLElement>('.portrait .tile');
  if (!input || !tile) return;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    const isTooLarge = file !== undefined && file.size > Number(input.dataset.maxBytes);
    input.setCustomValidity(isTooLarge ? (input.dataset.tooLarge ?? '') : '');
    input.reportValidity();
    if (!file || isTooLarge) return;
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      // Another one may have been chosen meanwhile.
      if (input.files?.[0] !== file) return;
      const image = new Image();
      // What the browser cannot show, the server may still know.
      image.addEventListener('load', () => {
        tile.querySelector('img')?.remove();
        tile.append(image);
      });
      image.alt = file.name;
      image.src = String(reader.result);
    });
    reader.readAsDataURL(file);
  });
}
