// The demo shop's words. The shop and everything it says about itself is invented.

export const texts = {
  ru: {
    brand: "Оттиск",
    title: "Оттиск — печать с ценой до заказа",
    products: "Продукция",
    cart: "Корзина",
    yourOrder: "Ваш заказ",
    offer: "Предложение",
    calculate: "Рассчитать тираж",
    calculateAll: "Рассчитать вместе",
    category: {
      print: ["Всё для печати вместе", "Визитки, документы и фотографии в одном расчёте: одна сумма, одна группа в корзине."],
    },
    heroTitle: "Печать с ценой до заказа",
    heroText:
      "Выберите бумагу, тираж и отделку. Цена пересчитывается сразу, и видно, из чего она сложилась.",
    open: "Рассчитать",
    language: "Язык",
    skip: "К содержанию",
    unavailable: "Каталог не загрузился. Обновите страницу.",
    footer: "«Оттиск» — вымышленная типография. Так выглядит Tirage на сайте магазина.",
    facts: [
      ["Макет проверим", "Перед печатью смотрим вылеты, шрифты и разрешение. Если что-то не так, напишем до запуска тиража."],
      ["Цена не изменится", "Сумма в корзине и есть сумма заказа. Если прайс обновился, попросим согласиться с новой ценой."],
      ["Статус виден", "У каждого заказа своя страница: видно, когда он дошёл до производства и под каким номером."],
    ],
    product: {
      "business-cards": ["Визитки", "Цифровая печать от одного листа и офсет для больших тиражей, на мелованной, дизайнерской бумаге и пластике."],
      "brochures": ["Брошюры", "Обложка и один или несколько блоков: бумага, красочность, ламинация и переплёт по числу страниц."],
      "banners": ["Баннеры", "Любой размер в пределах полотна, с люверсами по периметру, карманами и подгибом."],
      "wall-calendars": ["Настенные календари", "К нужному дню: рабочие дни считает календарь производства."],
      "document-printing": ["Печать документов", "Чертежи, курсовые и отчёты: чёрно-белая и цветная печать, переплёт и ламинация."],
      "photo-printing": ["Печать фотографий", "Снимки от 10×15 на настоящей фотобумаге, готовы за день или за два часа."],
      "axiom-hardcover-notepad": ["Блокноты в твёрдой обложке", "Обложка, блок и тиснение по вашему выбору. Цену считает сама типография."],
    },
  },
  en: {
    brand: "Ottisk",
    title: "Ottisk — print with the price up front",
    products: "Products",
    cart: "Cart",
    yourOrder: "Your order",
    offer: "Offer",
    calculate: "Price a run",
    calculateAll: "Price it together",
    category: {
      print: ["All your print together", "Cards, documents and photos in one calculation: one sum, one group in the cart."],
    },
    heroTitle: "Print with the price up front",
    heroText:
      "Pick the paper, the run and the finish. The price follows at once, and you can see what it is made of.",
    open: "Price it",
    language: "Language",
    skip: "Skip to content",
    unavailable: "The catalogue did not load. Please reload the page.",
    footer: "Ottisk is an invented print house. This is how Tirage looks on a shop's site.",
    facts: [
      ["We check your artwork", "Bleed, fonts and resolution are looked at before printing. If something is off, we write before the run starts."],
      ["The price holds", "The sum in the cart is the sum of the order. If prices changed meanwhile, you are asked first."],
      ["You can follow it", "Every order has its own page: you see when it reached production, and under which number."],
    ],
    product: {
      "business-cards": ["Business cards", "Digital from a single sheet and offset for long runs, on coated and designer papers and plastic."],
      "brochures": ["Brochures", "A cover and one or several blocks: paper, inks, lamination, and the binding that fits the pages."],
      "banners": ["Banners", "Any size the material allows, with eyelets around the edge, pockets and hems."],
      "wall-calendars": ["Wall calendars", "By the day you need them: the works' own calendar counts the days."],
      "document-printing": ["Document printing", "Drawings, theses and reports: black and white or colour, with binding and lamination."],
      "photo-printing": ["Photo prints", "Prints from 10×15 on real photo paper, ready in a day or in two hours."],
      "axiom-hardcover-notepad": ["Hard-cover notepads", "Cover, block and foil as you choose. The print house itself computes the price."],
    },
  },
};
