/** What jsdom lacks of a browser and our components touch. */
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
window.matchMedia ??= ((query: string) => ({ matches: false, media: query })) as typeof window.matchMedia;
Element.prototype.scrollIntoView ??= () => undefined;
