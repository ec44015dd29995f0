import { expect, it } from "vitest";
import { scannerKind, scannerName, sourceName } from "./names";

const training = { id: "virtual:training", name: "Máy quét tập huấn", kind: "virtual" as const, sources: [], resolutions: [], modes: [], buttons: false };
const network = { ...training, id: "escl:fi-8170", name: "Fujitsu fi-8170", kind: "escl" as const };

it("a kind that the name says already is not said again", () => {
  expect([scannerName(training), scannerKind(training)]).toEqual(["Máy quét tập huấn", ""]);
  expect([scannerName(network), scannerKind(network)]).toEqual(["Fujitsu fi-8170", "Máy quét mạng"]);
});

it("a page's source is never an id", () => {
  expect(sourceName("escl:fi-8170", [training, network])).toBe("Fujitsu fi-8170");
  expect(sourceName("virtual:training", [])).toBe("Máy quét tập huấn");
  expect(sourceName("sane:epson2:libusb:001:004", [])).toBe("Máy quét cắm máy");
  expect(sourceName("to-khai.jpg", [training])).toBe("to-khai.jpg");
});
