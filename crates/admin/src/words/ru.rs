//! Russian.

use super::{Attempts, Delivery, Door, Events, Failures, Frame, Order, Orders, Statuses, Words};

/// The Russian catalogue.
pub(super) const WORDS: Words = Words {
    frame: Frame {
        skip: "К содержанию",
        orders: "Заказы",
        language: "Язык",
        log_out: "Выйти",
        logged_in_as: "Вы вошли как",
        loading: "Загружаем…",
        try_again: "Попробовать снова",
        not_found: "Такой страницы нет",
        not_found_hint: "Адрес устарел или в нём опечатка.",
        to_orders: "К заказам",
        close: "Закрыть",
    },
    door: Door {
        log_in: "Вход",
        enter: "Войти",
        log_in_hint: "Заказы и их отправка в типографию",
        logging_in: "Входим…",
        name: "Имя для входа",
        password: "Пароль",
        show_password: "Показать пароль",
        first_time: "Первый вход?",
        first_time_hint: "Ссылка для первой настройки напечатана в журнале сервера при запуске.",
        wrong: "Имя или пароль не подходят.",
        ended: "Сеанс закончился. Войдите снова.",
        set_up: "Первая настройка",
        set_up_hint: "Создайте администратора. Ссылка сработает один раз.",
        create: "Создать и войти",
        creating: "Создаём…",
        new_password: "Новый пароль",
        again: "Пароль ещё раз",
        rules: "Требования к паролю",
        rule_length: "не короче 12 знаков — лучше всего фраза из нескольких слов",
        rule_name: "не совпадает с именем",
        rule_again: "введён одинаково оба раза",
        rule_holds: "выполнено",
        rule_fails: "ещё нет",
        strength: "Надёжность",
        weak: "низкая, пароль легко подобрать",
        fair: "средняя",
        strong: "высокая",
        name_missing: "Введите имя.",
        name_refused: "Это имя не подходит или занято.",
        password_missing: "Введите пароль.",
        password_refused: "Этот пароль не подходит, придумайте другой.",
        not_repeated: "Пароли не совпадают.",
        fix_rules: "Пароль пока не подходит: посмотрите правила под ним.",
        token_missing: "Ссылка неполная",
        token_missing_hint: "Откройте ссылку из журнала сервера целиком, вместе с частью после знака #.",
        token_refused: "Ссылка больше не работает",
        token_refused_hint: "Она уже использована или устарела. Если администратор уже создан, просто войдите; если нет, перезапустите сервер: он напечатает новую ссылку.",
    },
    orders: Orders {
        title: "Заказы",
        number: "Номер",
        placed: "Время",
        customer: "Покупатель",
        status: "Статус",
        total: "Сумма",
        deliveries: "Отправка в типографию",
        no_deliveries: "не отправляется",
        empty: "Заказов пока нет",
        empty_hint: "Первый появится здесь сам, как только покупатель его оформит.",
        refresh: "Обновить",
        updated: "Обновлено в",
        stale: "Нет связи с сервером. Показано то, что было в",
        more: "Показать ещё",
        loading_more: "Загружаем…",
        end: "Это все заказы.",
        arrived: new_orders,
    },
    order: Order {
        title: "Заказ",
        placed: "Оформлен",
        buyers_page: "Страница покупателя",
        customer: "Покупатель",
        person: "Частное лицо",
        organisation: "Организация",
        phone: "Телефон",
        email: "Почта",
        shipping: "Доставка",
        address: "Адрес",
        recipient: "Получатель",
        issue_date: "Желаемая дата",
        consent: "Согласие на обработку данных",
        pickup: "Самовывоз",
        courier: "Курьер",
        carrier: "Транспортная компания",
        post: "Почта",
        comment: "Комментарий",
        lines: "Состав заказа",
        run: "шт.",
        total: "Итого",
        history: "История",
        gone: "Такого заказа нет",
        gone_hint: "Возможно, ссылка из другой установки.",
        attention,
        attention_link: "К отправке",
    },
    delivery: Delivery {
        title: "Отправка в типографию",
        none: "Заказ никуда не отправляется: подключений нет.",
        queued: "В очереди",
        retrying: "Ждёт повтора",
        paused: "Приостановлен",
        sending: "Отправляется",
        checking: "Проверяется",
        arrived: "Принят",
        failed: "Не отправлен",
        called_off: "Отменён",
        queued_hint: "Уйдёт сам, как только подойдёт очередь.",
        retrying_hint: "Попытка не удалась. Следующая будет сама, вмешиваться не нужно.",
        paused_hint: "Подключение приостановлено, и ничего не отправляется. Исправьте причину и отправьте ещё раз: вместе с этим пойдут и остальные заказы.",
        sending_hint: "Отправляется прямо сейчас.",
        checking_hint: "Ответа не было, и неизвестно, принят ли заказ. Прежде чем отправлять снова, проверим, нет ли его в типографии.",
        arrived_hint: "Типография приняла заказ.",
        failed_hint: "Само больше не отправится. Устраните причину и отправьте ещё раз — или отмените отправку.",
        called_off_hint: "Отправка отменена вручную.",
        remote_number: "Номер в типографии",
        next_attempt: "Следующая попытка",
        pause_reason: "Причина",
        last_error: "Последняя ошибка",
        attempts,
        attempt: "№",
        started: "Начало",
        took: "Длилась",
        outcome: "Чем закончилась",
        milliseconds: "мс",
        send_again: "Отправить ещё раз",
        send_now: "Отправить сейчас",
        check_now: "Проверить сейчас",
        cancel: "Отменить отправку",
        cancel_title: "Отменить отправку?",
        cancel_body,
        cancel_yes: "Отменить отправку",
        cancel_no: "Не отменять",
        retried,
        cancelled,
    },
    statuses: Statuses {
        draft: "Черновик",
        placed: "Оформлен",
        awaiting_payment: "Ждёт оплаты",
        in_design: "В дизайне",
        approved: "Макет утверждён",
        in_production: "В производстве",
        ready: "Готов",
        shipped: "В доставке",
        delivered: "Получен",
        cancelled: "Отменён",
        refused: "Отклонён",
    },
    events: Events {
        placed: "Заказ оформлен",
        status: "Статус изменён",
        delivered: "Принят типографией",
        delivery_dead: "Отправка не удалась",
        delivery_retried: "Отправлен ещё раз вручную",
        delivery_cancelled: "Отправка отменена",
        delivery_adopted: "Найден в типографии вручную",
        delivery_duplicated: "В типографии оказалось два заказа",
    },
    attempts: Attempts {
        running: "идёт",
        done: "принят",
        unauthorized: "ключ не подходит",
        blocked: "адрес запрещён правилами сервера",
        not_found: "адрес или метод не найден",
        conflict: "в типографии изменилось то, на что ссылается заказ",
        not_supported: "система этого не умеет",
        rejected: "типография не приняла заказ",
        rate_limited: "слишком много запросов, попросили подождать",
        unavailable: "типография недоступна",
        outcome_unknown: "ответа нет, исход неизвестен",
        bad_response: "непонятный ответ",
        failing: "типография давно не отвечает",
        no_look_up: "исход неизвестен, проверить может только человек",
        pace: "отложена, чтобы не превысить скорость",
        stopping: "отложена: сервер останавливался",
        interrupted: "прервана: сервер остановился",
    },
    failures: Failures {
        no_answer: "Сервер не отвечает. Проверьте связь и попробуйте снова.",
        unreadable: "Сервер ответил непонятно. Попробуйте снова.",
        rate_limited: "Слишком много попыток. Подождите минуту и попробуйте снова.",
        forbidden: "На это нет прав. Войдите снова.",
        conflict: "Состояние уже изменилось. Посмотрите на него ещё раз.",
        not_found: "Этого больше нет.",
        unavailable: "Сервер сейчас не справляется. Ничего не изменено, попробуйте чуть позже.",
        internal: "Ошибка сервера. Ничего не изменено; подробности — в его журнале.",
        refused: "Сервер отказал:",
    },
};

fn plural<'a>(count: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

fn attempts(count: u32) -> String {
    let word = plural(u64::from(count), "попытка", "попытки", "попыток");
    format!("{count} {word}")
}

fn new_orders(count: usize) -> String {
    let word = plural(count as u64, "новый заказ", "новых заказа", "новых заказов");
    format!("{count} {word}")
}

fn attention(target: &str) -> String {
    format!("Заказ не отправлен в {target}, нужно ваше решение.")
}

fn cancel_body(number: &str, target: &str) -> String {
    format!("Заказ {number} не уйдёт в {target}. Сам заказ останется.")
}

fn retried(target: &str) -> String {
    format!("Отправка в {target} запущена.")
}

fn cancelled(target: &str) -> String {
    format!("Отправка в {target} отменена.")
}
