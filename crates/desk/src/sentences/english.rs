//! Every fault in English: what happened, and what to do next.

use crate::error::ErrorCode;

pub(super) fn sentence(code: ErrorCode) -> (&'static str, &'static str) {
    use ErrorCode as C;
    match code {
        C::SignInFailed => {
            ("The name or the password is wrong.", "Check Caps Lock and the input method, then type it again.")
        }
        C::SignInThrottled => {
            ("The password was wrong several times.", "Wait {} seconds and try again, or ask the supervisor.")
        }
        C::NotSignedIn => ("Nobody is signed in.", "Sign in and go on; drafts are as they were."),
        C::NotAllowed => ("Your role may not do this.", "Ask someone who may, or change users."),
        C::StationCloned => (
            "The data of this station was copied to, or from, another machine.",
            "Enroll the station again in the settings. What was received is all here and goes out afterwards.",
        ),
        C::RecoveryMistyped => {
            ("This is not a whole recovery key.", "Type the 32 signs on the sheet again, four by four.")
        }
        C::NotTraining => {
            ("Only a training station takes made-up data.", "Make one with `motcua init --training` and do it there.")
        }
        C::Purged => (
            "This page is no longer kept here: the central system has it, and its days at the counter are over.",
            "Look it up in the central system.",
        ),
        C::NotOffered => (
            "This paper cannot be used again for this dossier.",
            "Ask the owner whether papers handed in before may be used again, note the consent, then choose it again.",
        ),
        C::NoRetention => (
            "No number of days is set after which anything may go, so nothing went.",
            "Set it with `motcua retention`, then do it again.",
        ),
        C::StaffNotFound => ("There is no such user.", "Look at the list of users."),
        C::LoginTaken => ("The login belongs to somebody already.", "Choose another."),
        C::WeakPassword => ("The password is too short.", "Use at least {} characters."),
        C::LastAdministrator => ("This is the last user who may administer.", "Give somebody else that right first."),
        C::BadRights => (
            "The table of rights cannot be used.",
            "Some role must be able to administer, and inspectors may only read.",
        ),
        C::DataOnNetwork => (
            "The data folder lies on a network drive, which is not safe.",
            "Choose a folder on this machine's own disk.",
        ),
        C::DataInUse => {
            ("The program is open in another window on this machine.", "Use that window, or close it and open again.")
        }
        C::DataNewer => (
            "The data was written by a newer version of the program.",
            "Update the program and open again. The data was not changed.",
        ),
        C::DataMissing => ("This folder holds no station yet.", "Make one with motcua init, or choose another folder."),
        C::DataExists => ("This folder holds a station already.", "Choose an empty folder; the old data stays."),
        C::DataDamaged => (
            "Part of the stored data does not read back.",
            "Stop editing this dossier and tell the administrator the reference.",
        ),
        C::DiskFull => (
            "The disk is full; the last change was not kept.",
            "Free some space and repeat the last step. What was kept before is there.",
        ),
        C::DiskRefused => {
            ("The disk cannot be written.", "Check the disk and the rights of the data folder, then try again.")
        }
        C::UnreadableId => (
            "The code on the identity card could not be read.",
            "Read the card again, or type. The fields were not changed.",
        ),
        C::PhoneUnreachable => (
            "No link for a phone could be opened.",
            "Check that this machine is on the local network, then try again; or copy the photos here and pick the files.",
        ),
        C::PhotoCoarse => (
            "The photo has only {} dpi on the paper, fewer than the 200 that are kept.",
            "Photograph it from nearer and from above, so that the sheet nearly fills the frame, or scan it. Other pages are not affected.",
        ),
        C::NoCardCode => (
            "No identity card's QR code was found on the picture.",
            "Photograph or scan the side with the code again, flat, sharp and well lit, or type. The fields were not changed.",
        ),
        C::SplitDoubtful => (
            "Something of this stack is doubtful, so it was not split.",
            "Look at what is told; where it is right all the same, say why and split. The pages still wait in the tray.",
        ),
        C::DuplexUneven => (
            "There are not as many backs as fronts, so nothing was joined.",
            "Look at both passes; scan the backs again, or choose how to join them. No page was dropped.",
        ),
        C::SplitUnread => (
            "Not all pages were looked at for cover sheets.",
            "Have them looked at, then split. The pages still wait in the tray.",
        ),
        C::BadTicket => (
            "This is no queue number of today.",
            "Type the number on the ticket again (letters and digits, such as 017 or A017), or hand out a new one.",
        ),
        C::TicketNotFound => ("There is no such number today.", "Look at the ticket again, or hand out a new number."),
        C::TicketState => (
            "This number was served already, or is with another clerk.",
            "Look at the queue; to serve it again, put it back and call it.",
        ),
        C::DossierNotFound => ("This dossier was not found.", "Search by its code or the applicant's name."),
        C::DossierClosed => (
            "The dossier is no longer a draft and cannot be edited here.",
            "Restore the discarded draft, or open a new dossier for further papers.",
        ),
        C::DossierState => ("The dossier's state does not allow this.", "Open the dossier again to see its state."),
        C::NotReady => ("The dossier is not complete enough to accept.", "Add what is missing, then press F9."),
        C::NothingToPrint => {
            ("There is nothing to print on this form yet.", "Check where the dossier stands, or choose another form.")
        }
        C::DuplicateDossier => (
            "This person handed in the same procedure lately: {}.",
            "Open that dossier to look. If this is another matter, write why and accept.",
        ),
        C::ReasonMissing => ("This step needs a reason.", "Write why; the slip and the dossier's history name it."),
        C::ReceiptNumbersGone => (
            "No number is left for a receipt; no money was booked.",
            "Take in a printed book (F8, Printed book) and take the money again, or sync to be given numbers.",
        ),
        C::ReceiptBlock => {
            ("The numbers do not fit or are in the book already.", "Look at the signs, the first and the last number.")
        }
        C::ReceiptSkipped => {
            ("The next number must be {}; none is passed over.", "Use that one, or set it aside with a reason first.")
        }
        C::ReceiptNotFound => {
            ("There is no such receipt.", "Look by the dossier's code, or open the list of receipts.")
        }
        C::ReceiptVoid => ("This receipt is void already.", "Make another one if money is to be taken again."),
        C::ReceiptByHand => (
            "This receipt is one of a printed book, written by hand.",
            "Write it under the number on the screen; the program does not print it.",
        ),
        C::FeeUnknown => {
            ("The amount is not known yet: {}.", "Enter the count or the amount in F8, then take it again.")
        }
        C::NothingDue => ("Nothing is left to be paid.", "The receipts stand in F8."),
        C::FeeChanged => ("The fee is {} now, not what was shown.", "Look at it again, then take it once more."),
        C::FeePaid => {
            ("Money was taken for this draft.", "Make its receipt void with a reason (F8) and give it back first.")
        }
        C::NoAccount => {
            ("The agency's account is not set.", "Ask the supervisor to set it in Settings, Fees; take cash meanwhile.")
        }
        C::BadFeeTable => ("The fee table cannot be used ({}).", "Mend the file; the table in use stays."),
        C::NoShift => ("There is no such shift.", "It opens with the first money, or in the screen of shifts."),
        C::ShiftDifference => {
            ("The cash differs by {} from the book.", "Count again; if it still differs, say why and close the shift.")
        }
        C::ComponentNotFound => ("There is no such component.", "Choose one from the list."),
        C::StackNotFound => ("There is no such stack, or it is discarded.", "Scan a new one, or bring it back first."),
        C::PageNotFound => ("This page was not found.", "Open the dossier again to see its pages."),
        C::NothingToUndo => ("There is no page action left to undo or redo.", "The pages stay as you see them."),
        C::UndoUnfit => (
            "This cannot be undone: the pages were changed in another way since.",
            "No page is lost; change the page itself.",
        ),
        C::ProcedureNotFound => {
            ("The catalogue has no such procedure.", "Search by another name or code, or update the catalogue.")
        }
        C::CaseNotFound => ("The procedure has no such case.", "Choose one from the list."),
        C::BadCatalogue => ("The catalogue file does not read.", "Check that it is catalogue JSON."),
        C::CatalogueTooLarge => (
            "The catalogue file is larger than any catalogue of procedures. Nothing was changed.",
            "Check that the right file was chosen; split it where it really is one.",
        ),
        C::PackageKeyUnknown => (
            "The package is signed with a key that is not trusted here: {}. Nothing was changed.",
            "Compare the key with what its issuer tells you by another way, then trust it and bring the package in again.",
        ),
        C::PackageForged => (
            "The package's signature does not hold: it was changed or damaged on its way. Nothing was changed.",
            "Get the package from its issuer again.",
        ),
        C::PackageOld => (
            "This package is no newer than the one that came in before ({}). Nothing was changed.",
            "Get the newest package of the series.",
        ),
        C::PackageBase => (
            "This package only changes another one, which is not the last that came in here ({}). Nothing was changed.",
            "Bring in the packages between in their order, or a whole one.",
        ),
        C::LimitPublished => (
            "The publication names a time limit for this case, so none is set by hand.",
            "Where the publication is wrong, bring in the corrected one.",
        ),
        C::BadCalendar => ("The working calendar gives no date.", "Check the calendar file: it needs working days."),
        C::BadCalendarFile => {
            ("The calendar file is wrong at: {}.", "Mend it there and bring it in again. The calendar in use stands.")
        }
        C::CalendarSame => ("The day is so already.", "Choose another day or another kind."),
        C::CalendarChangeNotFound => {
            ("This change of the calendar does not stand.", "Open the calendar again to see what stands.")
        }
        C::AppointmentTime => ("The time appointed has passed or is too far off.", "Choose a day within ten years."),
        C::AppointmentClosed => (
            "Nobody works at the time appointed.",
            "Choose working hours of a working day, or add a make-up day to the calendar first.",
        ),
        C::AppointmentSame => ("The dossier is due at that time already.", "Choose another time."),
        C::BadInput => ("A field's value does not fit ({}).", "Mend that field and go on."),
        C::FileEmpty => ("The file is empty.", "Scan or copy it again. Other pages are untouched."),
        C::FileDamaged => {
            ("The file is damaged and does not read whole.", "Scan or copy it again. Other pages are untouched.")
        }
        C::FilePassword => {
            ("The PDF asks for a password.", "Remove the password and choose it again, or scan the paper.")
        }
        C::FileTooLarge => ("The picture is too large ({} pixels).", "Scan it again at 200–300 dpi."),
        C::FileTooHeavy => {
            ("The file is too large ({} MB).", "Split it, or scan again at 200–300 dpi; a file may have 300 MB.")
        }
        C::FileTooLong => ("The file has too many pages ({}).", "Split it into parts of at most 500 pages."),
        C::FileKind => ("This is neither JPEG, PNG, TIFF nor PDF.", "Convert it to one of these, or scan the paper."),
        C::FileFlavor => (
            "The file's compression or colors cannot be read yet.",
            "Save it anew as JPEG, PNG or PDF, or scan the paper.",
        ),
        C::FileUnreachable => {
            ("The file {} cannot be opened.", "Check that it is there and may be read, then choose it again.")
        }
        C::FolderUnfit => (
            "This folder cannot be watched.",
            "Choose another, outside the program's data; a station watches 16 folders at most.",
        ),
        C::FolderAway => (
            "The watched folder cannot be opened.",
            "Check the network or the disk it lies on; it is tried again by itself, no file is lost.",
        ),
        C::IncomingNotReady => (
            "The file is no longer in its folder, or not whole yet. No page was taken from it.",
            "Wait until the tray shows it as ready, then take it again.",
        ),
        C::ScannerNotFound => {
            ("The scanner was not found.", "Check power and cable, then choose the scanner in Settings.")
        }
        C::ScannerNoSource => ("The scanner has no such paper source.", "Choose another source in Settings."),
        C::ScannerFeederEmpty => ("There is no paper in the feeder.", "Put paper in and press F5."),
        C::ScannerJam => (
            "Paper jam. The pages received so far are kept.",
            "Take the sheet out, put it and the rest back, and press F5.",
        ),
        C::ScannerDoubleFeed => (
            "Two sheets went through at once. The pages received so far are kept; those two did not count.",
            "Take both out, part them, take staples and clips off, put them back on top and press F5.",
        ),
        C::ScannerCoverOpen => {
            ("The scanner's cover is open. The pages received so far are kept.", "Close the cover and press F5.")
        }
        C::ScannerBusy => ("The scanner is busy.", "Wait until it is done, then press F5."),
        C::ScannerTimeout => (
            "The scanner gave no answer for {} seconds. The pages received so far are kept.",
            "Switch it off and on, then scan the remaining sheets.",
        ),
        C::ScannerFailed => (
            "The scanner reports a fault. The pages received so far are kept.",
            "Switch it off and on, then scan the remaining sheets.",
        ),
        C::ScannerMissing => {
            ("No scanner software is installed on this machine.", "Ask the administrator to install sane-utils.")
        }
        C::ScannerDenied => ("This account may not use the scanner.", "Ask the administrator for the right."),
        C::ScannerLent => ("Another counter is using the scanner (from {}).", "Wait until it is done, then press F5."),
        C::ShareFailed => (
            "The network port for sharing scanners cannot be opened.",
            "Another program may have it; an administrator changes it by motcua scanner share --port.",
        ),
        C::ScanRunning => ("Pages are coming in already.", "Wait for the end, or press Esc to stop."),
        C::PrinterNotFound => ("No printer was found.", "Choose one in Settings, or open the PDF and print later."),
        C::PrintFailed => {
            ("The printer did not take the job.", "Check the printer and print again; the receipt is kept.")
        }
        C::PrintUnavailable => {
            ("This machine cannot print from the program yet.", "Open the PDF and print it from the viewer.")
        }
        C::ViewerMissing => ("No PDF viewer could be opened.", "Install one, or print with Ctrl+P."),
        C::FormFailed => {
            ("The PDF could not be made.", "Try again; if it fails again, tell the administrator the reference.")
        }
        C::CareRunning => (
            "The data is being checked or backed up.",
            "Wait until it is done, then do it again; intake goes on as usual.",
        ),
        C::NoBackupFolder => {
            ("No place to back up to was chosen.", "Choose a folder on another disk, such as the office's USB disk.")
        }
        C::BackupInside => (
            "The backup would lie inside the data folder and be lost along with it.",
            "Choose a removable disk or another folder.",
        ),
        C::BackupFull => (
            "The backup disk is full; earlier backups are good.",
            "Free some space or use a larger disk, then back up again.",
        ),
        C::BackupTooLarge => (
            "The backup disk takes no file larger than 4 GB (it has the format FAT); earlier backups are good.",
            "Format it as exFAT or NTFS, or use another disk, then back up again.",
        ),
        C::BackupRefused => (
            "The backup disk cannot be read or written.",
            "Check that it is plugged in and may be written, then do it again. The data here is not affected.",
        ),
        C::BackupUnproven => (
            "The backup did not read back right and was given up; earlier backups are good.",
            "Back up to another disk and replace this one.",
        ),
        C::NoBackup => {
            ("No sound backup was found here.", "Choose the folder that was backed up to, or another backup disk.")
        }
        C::ManyBackups => ("Backups of several stations are here: {}.", "Choose one of these folders."),
        C::NotEnrolled => (
            "The station is not enrolled with a central system.",
            "Enter address and token in Settings. Intake goes on as usual.",
        ),
        C::TokenRefused => {
            ("The enrolment token is wrong or was used.", "Ask the central system's administrator for a new one.")
        }
        C::CentralUnreachable => {
            ("The central system cannot be reached.", "Go on working; it is sent when the network is back.")
        }
        C::CentralForeign => (
            "What answers is not the central system (perhaps a network sign-in page).",
            "Sign in to the network in a browser, or check the address in Settings.",
        ),
        C::CentralCertificate => (
            "The central system's certificate could not be verified.",
            "Check this machine's date and time, then tell the administrator.",
        ),
        C::CentralFailed => ("The central system has a fault ({}).", "Go on working; it is sent again."),
        C::CentralUnproven => (
            "The central system's answer does not match what was sent.",
            "It is sent again; if this repeats, tell the administrator.",
        ),
        C::CentralUnauthorized => {
            ("The central system does not know this station.", "Enroll again in Settings; what waits is kept.")
        }
        C::CentralRefused => (
            "The central system refuses this dossier ({}).",
            "Tell the supervisor the dossier's code; the copy here is kept.",
        ),
        C::CentralAddress => {
            ("The central system's address is not valid.", "Enter an address that starts with https:// or http://.")
        }
        C::Internal => (
            "The program met a fault.",
            "Repeat the last step; if it fails again, tell the administrator the reference.",
        ),
    }
}
