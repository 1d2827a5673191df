// The slider and the number say the same budget. Without this file both work through the form's button.
(() => {
  "use strict";

  const slide = document.getElementById("slide");
  const number = document.getElementById("budget");
  if (!slide || !number) return;
  slide.addEventListener("input", () => { number.value = slide.value; });
  number.addEventListener("input", () => { slide.value = number.value; });
})();
